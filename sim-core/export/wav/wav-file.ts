/** A RIFF WAVE file of one channel with 16-bit samples: a 44-byte header and the samples. */
export function wavFile(samples: Int16Array, rate: number): Uint8Array {
  const headerLength = 44;
  const bytesPerSample = 2;
  const dataLength = samples.length * bytesPerSample;
  const bytes = new Uint8Array(headerLength + dataLength);
  const view = new DataView(bytes.buffer);
  writeAscii(bytes, 0, 'RIFF');
  view.setUint32(4, headerLength - 8 + dataLength, true);
  writeAscii(bytes, 8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  const linearPcm = 1;
  const channels = 1;
  view.setUint16(20, linearPcm, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * bytesPerSample, true);
  view.setUint16(32, channels * bytesPerSample, true);
  view.setUint16(34, 8 * bytesPerSample, true);
  writeAscii(bytes, 36, 'data');
  view.setUint32(40, dataLength, true);
  samples.forEach((sample, place) => {
    view.setInt16(headerLength + place * bytesPerSample, sample, true);
  });
  return bytes;
}

function writeAscii(bytes: Uint8Array, at: number, text: string): void {
  for (let place = 0; place < text.length; place += 1) bytes[at + place] = text.charCodeAt(place);
}

/** How strongly a frequency (Hz) is in the samples, 0 to 1 of a sine at full scale (Goertzel). */
export function strengthOf(hertz: number, samples: ArrayLike<number>, rate: number): number {
  let cosine = 0;
  let sine = 0;
  for (let place = 0; place < samples.length; place += 1) {
    const angle = (2 * Math.PI * hertz * place) / rate;
    cosine += (samples[place] ?? 0) * Math.cos(angle);
    sine += (samples[place] ?? 0) * Math.sin(angle);
  }
  return (2 * Math.hypot(cosine, sine)) / (samples.length * 32_767);
}

/** The frequency, between the two, at which the samples resemble themselves most, in Hz. */
export function pitchOf(samples: ArrayLike<number>, rate: number, low = 80, high = 300): number {
  let best = { lag: 0, likeness: -Infinity };
  for (let lag = Math.floor(rate / high); lag <= Math.ceil(rate / low); lag += 1) {
    let sum = 0;
    let energy = 0;
    for (let place = lag; place < samples.length; place += 1) {
      const [now, before] = [samples[place] ?? 0, samples[place - lag] ?? 0];
      sum += now * before;
      energy += now * now + before * before;
    }
    const likeness = energy === 0 ? 0 : (2 * sum) / energy;
    if (likeness > best.likeness) best = { lag, likeness };
  }
  return rate / best.lag;
}

export function loudnessOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let place = 0; place < samples.length; place += 1) sum += (samples[place] ?? 0) ** 2;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

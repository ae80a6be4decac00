/** The class that gives what belongs to a leg or a source its hue; media in general are mint. */
export function hue(owner: 'A' | 'B' | 'R' | 'M'): string {
  return owner === 'M' ? 'hue-r' : `hue-${owner.toLowerCase()}`;
}

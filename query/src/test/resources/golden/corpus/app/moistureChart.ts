export interface Reading {
  time: number;
  percent: number;
}

/** Thins readings out to one per pixel, keeping each pixel's lowest and highest: peaks stay visible. */
export function thin(readings: Reading[], pixels: number): Reading[] {
  if (readings.length <= pixels * 2) return readings;
  const size = readings.length / pixels;
  const kept: Reading[] = [];
  for (let pixel = 0; pixel < pixels; pixel++) {
    const slice = readings.slice(Math.floor(pixel * size), Math.floor((pixel + 1) * size));
    const low = slice.reduce((a, b) => (b.percent < a.percent ? b : a));
    const high = slice.reduce((a, b) => (b.percent > a.percent ? b : a));
    kept.push(...(low.time <= high.time ? [low, high] : [high, low]));
  }
  return kept;
}

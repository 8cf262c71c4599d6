/**
 * PNG with a palette (PNG specification, third edition, sections 5, 9 and 11): a third of the bytes of true colour for
 * the few tints of a chart. Compressed in JavaScript, for what Node's zlib gives depends on the processor.
 */
import { crc32 } from "node:zlib";
import { zlibSync } from "fflate";

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const paletteSize = 256;

/** `pixels`: red, green, blue and opacity of each, row by row; opacity is taken as full. */
export function encodePng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const { palette, indices } = indexed(pixels);
  const rows = new Uint8Array((width + 1) * height); // each row after its filter, which is 0: none
  for (let row = 0; row < height; row++)
    rows.set(indices.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8); // bits of an index
  header.setUint8(9, 3); // indexed colour
  return joined([
    signature,
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("PLTE", palette),
    chunk("IDAT", zlibSync(rows, { level: 6 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** Colours as they are, or with so many bits less of each channel that they fit into a palette. */
function indexed(pixels: Uint8Array): { readonly palette: Uint8Array; readonly indices: Uint8Array } {
  const count = pixels.length / 4;
  const indices = new Uint8Array(count);
  for (let lost = 0; ; lost++) {
    const mask = 0xff & (0xff << lost);
    const places = new Map<number, number>();
    const colours: number[] = [];
    let at = 0;
    let [lastKey, lastPlace] = [-1, 0];
    for (; at < count; at++) {
      const [red, green, blue] = [pixels[4 * at] ?? 0, pixels[4 * at + 1] ?? 0, pixels[4 * at + 2] ?? 0];
      const key = ((red & mask) << 16) | ((green & mask) << 8) | (blue & mask);
      if (key === lastKey) {
        indices[at] = lastPlace;
        continue;
      }
      let place = places.get(key);
      if (place === undefined) {
        if (colours.length === 3 * paletteSize) break;
        place = places.size;
        places.set(key, place);
        colours.push(red, green, blue); // the first of its like, which for large areas is the colour itself
      }
      indices[at] = place;
      [lastKey, lastPlace] = [key, place];
    }
    if (at === count) return { palette: Uint8Array.from(colours), indices };
  }
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const named = joined([Buffer.from(type, "latin1"), content]);
  const frame = new DataView(new ArrayBuffer(8));
  frame.setUint32(0, content.length);
  frame.setUint32(4, crc32(named));
  const ends = new Uint8Array(frame.buffer);
  return joined([ends.subarray(0, 4), named, ends.subarray(4)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

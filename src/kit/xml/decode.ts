/** Bytes of an XML document to text. */

/**
 * By byte order mark, else by declaration, else UTF-8 (XML 1.0, appendix F); UTF-8 in any case if the bytes are.
 * Bytes that fit nothing become U+FFFD.
 */
export function decodeXml(bytes: Uint8Array): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : null;
  if (mark !== null) return new TextDecoder(mark).decode(bytes);
  const unicode = tryDecode(bytes, "utf-8", true);
  if (unicode !== null) return unicode;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 256)).toString(
    "latin1",
  );
  const declared = /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([^"']+)/.exec(head)?.[1] ?? "utf-8";
  return tryDecode(bytes, declared, false) ?? new TextDecoder().decode(bytes);
}

function tryDecode(bytes: Uint8Array, encoding: string, fatal: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes);
  } catch (error) {
    // An unknown name is a RangeError, bytes that do not fit are a TypeError.
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

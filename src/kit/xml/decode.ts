/** Bytes of an XML document to text. */
import { isUtf8 } from "node:buffer";

/**
 * By byte order mark, else by declaration, else UTF-8 (XML 1.0, appendix F); UTF-8 in any case if the bytes are.
 * Bytes that fit nothing become U+FFFD.
 */
export function decodeXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 256));
  const declared = /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([^"']+)/.exec(head.toString("latin1"))?.[1];
  return tryDecode(bytes, declared ?? "utf-8") ?? new TextDecoder().decode(bytes);
}

function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_ENCODING_NOT_SUPPORTED") return null;
    throw error;
  }
}

const offset = 0x811c9dc5;
const prime = 0x01000193;

/** FNV-1a of the text's UTF-16 units, 32 bits, the same everywhere; its high bits are mixed into the low ones. */
export function hashOf(text: string): number {
  let hash = offset;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), prime);
  return (hash ^ (hash >>> 15)) >>> 0;
}

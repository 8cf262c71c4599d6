/**
 * Remembers texts by 64 bits of their hash, 8 bytes each: a million keys take 16 to 32 MB where their texts would take
 * several times that. Two different keys among a million share a hash with a chance of 3 in 100 million.
 */
export interface Seen {
  /** Whether the text was there before; it is there from now on. */
  add(text: string): boolean;
}

const firstSlots = 1024;

export function createSeen(): Seen {
  let slots = new BigUint64Array(firstSlots);
  let count = 0;

  function put(hash: bigint): boolean {
    const mask = slots.length - 1;
    let at = Number(BigInt.asUintN(32, hash)) & mask;
    for (let slot = slots[at]; slot !== 0n; slot = slots[at]) {
      if (slot === hash) return true;
      at = (at + 1) & mask;
    }
    slots[at] = hash;
    return false;
  }

  return {
    add(text) {
      if (count * 2 > slots.length) {
        const old = slots;
        slots = new BigUint64Array(old.length * 2);
        for (const hash of old) if (hash !== 0n) put(hash);
      }
      const known = put(hashOf(text));
      if (!known) count += 1;
      return known;
    },
  };
}

/** Two 32-bit FNV-1a hashes with different starts (RFC 9923); never 0, which is an empty slot. */
function hashOf(text: string): bigint {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + 0x9e37), 0x85ebca6b) ^ (high >>> 13);
  }
  const hash = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  return hash === 0n ? 1n : hash;
}

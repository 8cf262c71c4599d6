/**
 * Plain text as `format=flowed` (RFC 3676): a line that ends in a space goes on in the next one, so that a small screen
 * can wrap anew; lines that begin with a space, `>` or `From ` are stuffed with one space.
 */
const longest = 72;

export function toFlowed(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .flatMap((line) => softLines(line.trimEnd()))
    .map((line) => (/^(?: |>|From )/.test(line) ? ` ${line}` : line))
    .join("\n");
}

/** At the last space that fits; a word that is longer than a line stays whole. */
function softLines(line: string): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > longest) {
    const indent = /^ */.exec(rest)?.[0].length ?? 0;
    const space = rest.lastIndexOf(" ", longest);
    const at = space > indent ? space : rest.indexOf(" ", longest);
    if (at === -1) break;
    lines.push(rest.slice(0, at + 1));
    rest = rest.slice(at + 1).trimStart();
  }
  return [...lines, rest];
}

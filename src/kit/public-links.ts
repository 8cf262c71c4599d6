/**
 * Links from one public page to another. Where a page will stand is known to its delivery alone, so the public form of
 * a report names the other page as `koha-liaison:<report>/<subject>`, in a paragraph of its own.
 */
const placeholder =
  /<p class="koha-liaison-link"><a href="koha-liaison:([^/"]+)\/([^"]+)">[\s\S]*?<\/a><\/p>\n?/g;

/** With the addresses; a paragraph whose page is not there (null) is left out. */
export async function withLinks(
  html: string,
  addressOf: (report: string, subject: string) => Promise<string | null>,
): Promise<string> {
  const addresses = new Map<string, string | null>();
  for (const [, report = "", subject = ""] of html.matchAll(placeholder)) {
    addresses.set(`${report}/${subject}`, await addressOf(report, subject));
  }
  return html.replaceAll(placeholder, (paragraph, report: string, subject: string) => {
    const address = addresses.get(`${report}/${subject}`) ?? null;
    if (address === null) return "";
    return paragraph.replace(`koha-liaison:${report}/${subject}`, () => attribute(address));
  });
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** Feeds name themselves as `koha-liaison:feed/<file>`, in a line of its own: with their address, or without the line. */
export function withFeedAddress(text: string, base: string | null): string {
  if (base === null) return text.replaceAll(/^.*koha-liaison:feed\/.*\n/gm, "");
  return text.replaceAll("koha-liaison:feed/", () => `${attribute(base)}/`);
}

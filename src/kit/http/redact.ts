const secretName = /secret|passw|token|key|login|user|customer|requestor|credential|signature/i;

/**
 * An address fit for logs, errors and origins: user information is dropped, and so is the value of every query
 * parameter whose name speaks of a secret. Text that is no address comes back as `(no address)`.
 */
export function redactUrl(address: string): string {
  if (!URL.canParse(address)) return "(no address)";
  const url = new URL(address);
  url.username = "";
  url.password = "";
  if (url.search === "") return url.href;
  const query = url.search
    .slice(1)
    .split("&")
    .map((pair) => {
      const name = pair.split("=", 1)[0] ?? "";
      return secretName.test(name) ? `${name}=***` : pair;
    });
  url.search = query.join("&");
  return url.href;
}

/** The peer: fetches the same pages with two requests at once, and does nothing with them. */
const [, , url, count] = process.argv;
const total = Number(count);

const token = (await (
  await fetch(`${url}/api/v1/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "demo",
      client_secret: "demo-secret",
    }),
  })
).json()) as { access_token: string };

async function lane(from: number, to: number): Promise<void> {
  for (let last = from; last < to; last += 100) {
    const q = encodeURIComponent(JSON.stringify({ "me.biblio_id": { ">": last } }));
    const answer = await fetch(`${url}/api/v1/biblios?q=${q}&_order_by=%2Bbiblio_id&_per_page=100`, {
      headers: { Accept: "application/marc-in-json", Authorization: `Bearer ${token.access_token}` },
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}

const middle = Math.ceil(total / 2);
await Promise.all([lane(0, middle), lane(middle, total)]);

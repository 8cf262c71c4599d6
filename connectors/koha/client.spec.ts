import { describe, expect, test } from "@jest/globals";
import nock from "nock";
import { LiaisonError, OffError, RetryError, StopError } from "../../src/domain/problem.ts";
import type { Instant } from "../../src/domain/time.ts";
import { createHttpClient } from "../../src/kit/http/index.ts";
import { Secret } from "../../src/kit/secret.ts";
import { createKoha } from "./client.ts";
import type { Koha } from "./client.ts";
import { Config } from "./config.ts";

const base = "https://staff.example.edu";
const never = new AbortController().signal;
const jsonType = { "Content-Type": "application/json; charset=utf8" };
const oauth = { clientId: "liaison", clientSecret: new Secret("s3cret") };
const basic = { user: "liaison", password: new Secret("s3cret") };

function open(
  auth: typeof oauth | typeof basic = oauth,
  now = { ms: Date.parse("2026-11-02T08:00:00Z") },
): Koha {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const clock = () => new Date(now.ms).toISOString() as Instant;
  const http = createHttpClient({
    name: "koha",
    baseUrls: [base],
    userAgent: "Koha-Liaison/test",
    log,
    now: clock,
    sleep: () => Promise.resolve(),
    retries: 1,
  });
  const kit = { http, log, timeZone: "Europe/Berlin", currency: "EUR", now: clock };
  return createKoha(Config.parse({ url: `${base}/`, auth }), kit);
}

const token = (value: string, times = 1) =>
  nock(base)
    .post("/api/v1/oauth/token", {
      grant_type: "client_credentials",
      client_id: "liaison",
      client_secret: "s3cret",
    })
    .times(times)
    .reply(200, { access_token: value, token_type: "Bearer", expires_in: 3600 }, jsonType);

const libraries = (koha: Koha) => koha.get({ path: "/libraries" }, never);
const answers = (header: string) =>
  nock(base, { reqheaders: { authorization: header } }).get("/api/v1/libraries");

async function failure(promise: Promise<unknown>): Promise<LiaisonError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof LiaisonError) return error;
    throw error;
  }
  throw new Error("no failure");
}

describe("the token", () => {
  test("is minted once for requests that want it at the same time", async () => {
    token("t1");
    answers("Bearer t1").times(3).reply(200, [], jsonType);
    const koha = open();

    await Promise.all([libraries(koha), libraries(koha), libraries(koha)]);
  });

  test("is used until a minute before it ends, then minted anew", async () => {
    const now = { ms: Date.parse("2026-11-02T08:00:00Z") };
    token("t1");
    answers("Bearer t1").times(2).reply(200, [], jsonType);
    const koha = open(oauth, now);
    await libraries(koha);
    now.ms += 3539_000;
    await libraries(koha);

    now.ms += 2_000;
    token("t2");
    answers("Bearer t2").reply(200, [], jsonType);
    await libraries(koha);
  });

  test("is replaced once after a 401", async () => {
    token("t1");
    answers("Bearer t1").reply(401, { error: "Authentication failure." }, jsonType);
    token("t2");
    answers("Bearer t2").reply(200, [{ library_id: "MAIN" }], jsonType);

    expect((await libraries(open())).value).toEqual([{ library_id: "MAIN" }]);
  });

  test("that is refused twice is a clear error", async () => {
    token("t1");
    token("t2");
    nock(base).get("/api/v1/libraries").times(2).reply(401, { error: "Authentication failure." }, jsonType);

    const error = await failure(libraries(open()));

    expect(error).toBeInstanceOf(StopError);
    expect(error.problem).toMatchObject({ code: "KOHA_UNAUTHORISED", why: "Authentication failure." });
  });

  test.each([
    [400, { error: "Unimplemented grant type" }, "KOHA_OAUTH_OFF"],
    [403, { error: "access_denied" }, "KOHA_WRONG_SECRET"],
    [403, { error: "unauthorized_client" }, "KOHA_UNKNOWN_KEY"],
    [404, { errors: [{ message: "Not Found.", path: "/" }], status: 404 }, "KOHA_NOT_HERE"],
    [500, { error: "Something went wrong." }, "KOHA_TOKEN_REFUSED"],
  ])("refused with %i %j is named, with its cure, and without the secret", async (status, body, code) => {
    nock(base).post("/api/v1/oauth/token").reply(status, body, jsonType);

    const error = await failure(libraries(open()));

    expect(error).toBeInstanceOf(StopError);
    expect(error.problem.code).toBe(code);
    expect(error.problem.cure).toBeDefined();
    expect(error.message).not.toContain("s3cret");
  });

  test("asked of something that is no Koha says so", async () => {
    nock(base).post("/api/v1/oauth/token").reply(404, "<html>", { "Content-Type": "text/html" });

    expect((await failure(libraries(open()))).problem.code).toBe("KOHA_NOT_HERE");
  });
});

describe("user and password", () => {
  const header = `Basic ${Buffer.from("liaison:s3cret").toString("base64")}`;

  test("are sent as they are", async () => {
    answers(header).reply(200, [], jsonType);

    expect((await libraries(open(basic))).value).toEqual([]);
  });

  test.each([
    [401, "Basic authentication disabled", /RESTBasicAuth/],
    [403, "Invalid password", /auth\.password/],
  ])("refused with %i %s have a cure", async (status, said, cure) => {
    answers(header).reply(status, { error: said }, jsonType);

    const error = await failure(libraries(open(basic)));

    expect(error.problem.code).toBe("KOHA_UNAUTHORISED");
    expect(error.problem.cure).toMatch(cure);
  });
});

describe("an answer", () => {
  test("of 403 names the permission that Koha asks for, and is off", async () => {
    token("t1");
    const wanted = { acquisition: ["order_manage", "order_receive"] };
    nock(base).get("/api/v1/libraries").reply(403, { error: "x", required_permissions: wanted }, jsonType);

    const error = await failure(libraries(open()));

    expect(error).toBeInstanceOf(OffError);
    expect(error.problem.what).toBe("off, needs permission acquisition: any of order_manage, order_receive");
  });

  test("of 403 that names none is off with the permission known for the list", async () => {
    token("t1");
    nock(base).get("/api/v1/holds").reply(403, { error: "Authorization failure." }, jsonType);

    const error = await failure(open().get({ path: "/holds" }, never));

    expect(error.problem.what).toBe("off, needs permission reserveforothers: place_holds");
  });

  test("of 403 that is not Koha's stops", async () => {
    token("t1");
    nock(base).get("/api/v1/libraries").reply(403, "<html>", { "Content-Type": "text/html" });

    expect((await failure(libraries(open()))).problem.code).toBe("KOHA_FORBIDDEN_BY_PROXY");
  });

  test("that is a web page stops, status 200 or not", async () => {
    token("t1");
    nock(base).get("/api/v1/libraries").reply(200, "<html>", { "Content-Type": "text/html" });

    const error = await failure(libraries(open()));

    expect(error).toBeInstanceOf(StopError);
    expect(error.problem.code).toBe("KOHA_WEB_PAGE");
  });

  test("that is cut off within the JSON is passing", async () => {
    token("t1");
    nock(base).get("/api/v1/libraries").reply(200, '[{"library_id":"MA', jsonType);

    const error = await failure(libraries(open()));

    expect(error).toBeInstanceOf(RetryError);
    expect(error.problem.code).toBe("KOHA_BROKEN_JSON");
  });

  test("of 400 says what Koha said", async () => {
    token("t1");
    const body = [{ path: "/query/foo", message: "Malformed query string" }];
    nock(base).get("/api/v1/libraries").reply(400, body, jsonType);

    expect((await failure(libraries(open()))).problem.why).toBe("/query/foo: Malformed query string");
  });
});

test("asks for exactly one type of answer", async () => {
  token("t1");
  nock(base, { reqheaders: { accept: "application/marc-in-json" } })
    .get("/api/v1/biblios")
    .reply(200, [], { "Content-Type": "application/marc-in-json" });

  const answer = await open().get({ path: "/biblios", accept: "application/marc-in-json" }, never);

  expect(answer.value).toEqual([]);
});

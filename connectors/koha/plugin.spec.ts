import { afterEach, describe, expect, test } from "@jest/globals";
import nock from "nock";
import type { Instant } from "../../src/domain/time.ts";
import { createHttpClient } from "../../src/kit/http/index.ts";
import { Secret } from "../../src/kit/secret.ts";
import { createKoha } from "./client.ts";
import { Config } from "./config.ts";
import { aboutPlugin, checkPlugin } from "./plugin.ts";

const base = "https://koha.test";
const signal = new AbortController().signal;
const capabilities = { holds: true, funds: true, course_reserves: false };

function client() {
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const now = () => "2026-11-02T13:00:00.000Z" as Instant;
  const http = createHttpClient({
    name: "koha",
    baseUrls: [base],
    userAgent: "Koha-Liaison/test",
    log,
    now,
    retries: 0,
    sleep: () => Promise.resolve(),
  });
  const config = Config.parse({ url: base, auth: { clientId: "demo", clientSecret: new Secret("s") } });
  return createKoha(config, { http, log, timeZone: "UTC", currency: "USD", now });
}

function answer(status: number, body: object | string) {
  nock(base).post("/api/v1/oauth/token").reply(200, { access_token: "t", expires_in: 3600 });
  nock(base).get("/api/v1/contrib/liaison/version").reply(status, body);
}

afterEach(() => {
  nock.cleanAll();
});

describe("the Koha plugin", () => {
  test("tells what it can and what this Koha lacks", async () => {
    answer(200, { plugin: "0.4.0", api: 1, capabilities });

    expect(await checkPlugin(client(), signal)).toEqual({
      check: "plugin",
      state: "ok",
      message: "plugin 0.4.0 (api 1) tells: holds, funds; this Koha has no: course reserves",
    });
  });

  test("that is not there is named with its cure, and is no warning", async () => {
    answer(404, { errors: [{ message: "Not Found.", path: "/" }], status: 404 });

    const line = await checkPlugin(client(), signal);

    expect(line).toMatchObject({ state: "ok", message: expect.stringContaining("Plack not restarted") });
    expect(line.cure).toContain("liaison plugin build");
  });

  test("that may not be used names its permission", async () => {
    answer(403, { error: "Missing", required_permissions: { plugins: "liaison_figures" } });

    await expect(aboutPlugin(client(), signal)).rejects.toMatchObject({
      name: "OffError",
      problem: { what: "off, needs permission plugins: liaison_figures" },
    });
  });

  test.each([
    [2, "newer", "update Koha Liaison"],
    [0, "older", "install the plugin"],
  ])("of generation %s is %s, and off", async (api, word, cure) => {
    answer(200, { plugin: "9.0.0", api, capabilities });

    await expect(aboutPlugin(client(), signal)).rejects.toMatchObject({
      problem: {
        code: "KOHA_PLUGIN_API",
        what: expect.stringContaining(word),
        cure: expect.stringContaining(cure),
      },
    });
  });

  test("that cannot count it on this Koha is off", async () => {
    answer(501, { error: "no such table", error_code: "not_implemented" });

    await expect(aboutPlugin(client(), signal)).rejects.toMatchObject({
      problem: { code: "KOHA_PLUGIN_CANNOT" },
    });
  });
});

import { afterAll, afterEach, beforeAll, expect } from "@jest/globals";
import nock from "nock";

// nock 15 leaves its interceptors to the next file of the same worker.
beforeAll(() => {
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
  nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/);
});

afterEach(() => {
  const unused = nock.pendingMocks();
  nock.cleanAll();
  expect(unused).toEqual([]);
});

afterAll(() => {
  nock.restore();
});

/** Native ESM under the pinned Node; types are the business of `tsc`. */
export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2024", parser: { syntax: "typescript" } }, module: { type: "es6" } },
    ],
  },
  testMatch: ["<rootDir>/{src,connectors,test,scripts}/**/*.spec.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/long/"],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  setupFilesAfterEnv: ["<rootDir>/test/support/setup.ts"],
  // The servers of the tests are quiet most of the time: a worker for each core, the small machine's two as well.
  maxWorkers: "100%",
  testTimeout: 60000,
};

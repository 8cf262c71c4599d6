import config from "./jest.config.js";

/** The long proofs: kill storms, the large library, whole catalogues. By hand, before a release. */
export default {
  ...config,
  testMatch: ["<rootDir>/test/long/**/*.spec.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 1_800_000,
};

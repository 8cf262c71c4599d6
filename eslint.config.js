import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "demo-output/", "node_modules/", "**/*.cjs", "scripts/*.mjs", "*.config.js"] },
  ...tseslint.configs.strict,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/only-throw-error": "error",
      "no-console": "error",
      "no-control-regex": "off",
    },
  },
  {
    files: ["**/*.spec.ts", "test/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  { files: ["test/bench/**/*.ts"], rules: { "no-console": "off" } },
);

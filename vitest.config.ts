import { defineConfig } from 'vitest/config';

// What measures the memory of its process has one of its own.
const quick = ['test/unit/**/!(*.memory).test.ts', 'test/practice-org/**/*.test.ts'];

export default defineConfig({
  test: {
    globalSetup: 'test/support/temporary-folder.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // Values and orgs of their own: nothing is left behind that a process of its own would have to clear away.
      { extends: true, test: { name: 'quick', include: quick, isolate: false } },
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'], exclude: quick } },
    ],
  },
});

/** Tests run on what is compiled: no transformer stands between the tests and what is published. Stack traces lead to the `.ts` lines. */
export default {
  rootDir: 'dist',
  testMatch: ['**/*.test.js'],
  testEnvironment: 'node',
  transform: {},
};

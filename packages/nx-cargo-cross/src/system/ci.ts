/** Whether this runs in a CI service, as Nx understands it: by the variables of nx 24.0.6, `utils/is-ci.js`. */

const TRUE_ONLY = ['TF_BUILD', 'GITHUB_ACTIONS', 'BUILDKITE', 'CIRCLECI', 'CIRRUS_CI', 'TRAVIS'];
const ANY = ['bamboo.buildKey', 'bamboo_buildKey', 'CODEBUILD_BUILD_ID', 'GITLAB_CI', 'HEROKU_TEST_RUN_ID', 'BUILD_ID', 'BUILD_NUMBER', 'BUILD_BUILDID', 'TEAMCITY_VERSION', 'JENKINS_URL', 'HUDSON_URL'];

export function isCi(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['CI'] === 'false') return false;
  return Boolean(env['CI']) || TRUE_ONLY.some((name) => env[name] === 'true') || ANY.some((name) => Boolean(env[name]));
}

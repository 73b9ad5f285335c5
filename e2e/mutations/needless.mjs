/** Why a task is built again whose bytes cannot change. Whatever stands here was looked at, and cannot be had, or is not worth its price. */
export const NEEDLESS = {
  'nx.json': 'Nx hashes all of nx.json into every task, as text. Options that change often are better kept in [workspace.metadata.nx-cargo-cross].',
  targets: "Nx hashes the names, options and outputs of all of a project's targets into each of its tasks, so a platform more or less changes them all.",
  lints: 'A lint that is raised to "deny" may end the build; a cache hit would hide that.',
  documents: 'include_str! of a README is common, and what sources include is known only once they are compiled. An entry of "inputs" takes it out: "!README.md".',
  links: 'What a symbolic link leads to is an input of its own, so that nx affected knows its path; a new link is a new input.',
  cfgs: 'Which cfgs rustc sets by its flags, target features and those of your own, is not worked out: a dependency behind one counts for every platform.',
  features: "Which features are on is not worked out: a package's table of features counts as a whole.",
  'build script': "A build script of the repository's own may call a C compiler, and is taken to: what it reads is known only once it has run.",
  libraries: 'Variables that tell build scripts of libraries are known by their form (FOO_STATIC, FOO_LIB_DIR): which libraries a package asks for is known only once it was built.',
  included: "A file that cargo's configuration includes counts as it is written: nx affected of Nx 24 finds the tasks of a file that no plugin looks for by its text alone.",
  rustflags: "Flags from the environment are in every key: which of cargo's four sources wins is worked out when a build is planned.",
  metadata: 'Build scripts and procedural macros read tables of their own below [package.metadata].',
};

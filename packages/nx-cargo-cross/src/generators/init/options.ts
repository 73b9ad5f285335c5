/** What `nx g nx-cargo-cross:init` takes. */
export interface InitOptions {
  /** Words separated by commas. */
  readonly platforms?: string;
  readonly skipFormat?: boolean;
  readonly skipPackageJson?: boolean;
  readonly keepExistingVersions?: boolean;
}

/** The packages of a lockfile, by their paths. */
export type Packages = Readonly<Record<string, LockedPackage>>

interface LockedPackage {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly devOptional?: boolean
}

export function installFolder(folder: string, options?: { readonly dev?: boolean }): boolean
export function compareInstalled(
  locked: Packages,
  installed: Packages | null,
  dev: boolean,
): 'complete' | 'partial' | 'different'
export function hasDevelopment(locked: Packages, installed: Packages | null): boolean

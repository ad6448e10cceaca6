// The packages as npm would publish them.
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'

const target = '.cache/packages'

/** The folders of what is published. */
export const published = globSync('{packages,apps}/*/package.json')
  .filter((file) => !JSON.parse(readFileSync(file, 'utf8')).private)
  .map((file) => file.replace(/\/package\.json$/, ''))
  .sort()

/** Builds what is published and packs it; `npm pack` itself would build each package again. */
export function pack() {
  for (const script of ['build-packages', 'build-node-program'])
    run(process.execPath, [`tools/run/bundle/${script}.mjs`])
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  const folders = published.flatMap((folder) => ['--workspace', folder])
  const options = ['--ignore-scripts', '--json', '--pack-destination', target]
  const packed = Object.values(JSON.parse(run('npm', ['pack', ...options, ...folders])))
  return published.map((folder) => {
    const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    const { filename, size, unpackedSize, files } = packed.find(
      ({ name }) => name === manifest.name,
    )
    const tarball = resolve(target, filename)
    run('tar', ['-xzf', tarball, '-C', target, `--transform=s,^package,${folder},`])
    return {
      folder,
      manifest,
      tarball,
      unpacked: resolve(target, folder),
      size,
      unpackedSize,
      files: files.map(({ path }) => path),
    }
  })
}

/** Runs a program to its end; its output, or an error with it. */
export function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    ...options,
  })
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')}\n${error ?? ''}${stdout}${stderr}`)
  return stdout
}

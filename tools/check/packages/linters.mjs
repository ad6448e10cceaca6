// What the tools made for it find in a package, less what is as it should be.
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'

const bin = (name) => `tools/packages/node_modules/.bin/${name}`

/**
 * Findings of `attw` that stay, and why. It looks with four ways to resolve an import; the oldest, `node10`, knows no `exports`.
 */
const explained = [
  {
    kind: 'CJSResolvesToESM',
    why: 'a subpath is an ES module, which Node 20.19 loads by require(), as TypeScript knows by `module: nodenext`',
  },
  {
    kind: 'NoResolution',
    resolution: 'node10',
    why: 'a subpath needs `exports`; TypeScript 6 warns of `moduleResolution: node10`, and TypeScript 7 has removed it',
  },
]

export function findLintProblems({ tarball, manifest }) {
  return [...publint(tarball), ...attw(tarball, manifest)]
}

function publint(tarball) {
  const { status, stdout, stderr } = spawnSync(bin('publint'), [tarball, '--strict'], {
    encoding: 'utf8',
  })
  return status === 0 ? [] : [`publint: ${stdout}${stderr}`]
}

function attw(tarball, manifest) {
  // A program has nothing to import.
  if (manifest.exports === undefined) return []
  // It ends before a pipe has taken all of a long report.
  const report = `${tarball}.json`
  const output = openSync(report, 'w')
  spawnSync(bin('attw'), [tarball, '--format', 'json'], { stdio: ['ignore', output, 'inherit'] })
  closeSync(output)
  const { analysis } = JSON.parse(readFileSync(report, 'utf8'))
  return analysis.problems
    .filter(
      ({ kind, resolutionKind }) =>
        !explained.some(
          (each) =>
            each.kind === kind &&
            (each.resolution === undefined || each.resolution === resolutionKind),
        ),
    )
    .map(({ kind, entrypoint = '', resolutionKind = '' }) =>
      `attw: ${kind} ${entrypoint} ${resolutionKind}`.trim(),
    )
}

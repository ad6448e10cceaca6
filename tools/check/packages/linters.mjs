// What the tools made for it find in a package, less what is as it should be.
import { spawnSync } from 'node:child_process'

const bin = (name) => `tools/manual/node_modules/.bin/${name}`

/**
 * Findings of `attw` that stay, and why. It looks with four ways to resolve an import; the oldest, `node10`, knows no `exports`.
 */
const explained = [
  {
    kind: 'FalseESM',
    why: 'require() loads dist/index.cjs, which passes on the ES module itself: its types are those of the module',
  },
  {
    kind: 'CJSResolvesToESM',
    why: 'there is one copy of the code, an ES module: Node 20.19 loads it by require(), and TypeScript knows by `module: nodenext`',
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
  const { stdout } = spawnSync(bin('attw'), [tarball, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  })
  const { analysis } = JSON.parse(stdout)
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

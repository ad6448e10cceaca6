import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { Stryker } from '@stryker-mutator/core'

/**
 * Changes the files of a target in one place at a time, and gives of each such mutant its line, the text there, its
 * replacement, and its status.
 */
export async function mutate(name, target) {
  process.env.MUTATE_TESTS = target.tests
  // Read first: a file may be edited while its copy is being tested.
  const sources = new Map(target.mutate.map((file) => [file, readFileSync(file, 'utf8')]))
  const stryker = new Stryker({
    mutate: target.mutate,
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'tests/mutation/vitest.config.mjs' },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // On a machine with other load a slow test must not count as an endless loop, which counts as killed.
    timeoutMS: 20_000,
    // TypeScript 7 has no API with which to rewrite a tsconfig for the copy: hide it.
    tsconfigFile: 'no-tsconfig.json',
    disableTypeChecks: false,
    ignorePatterns: [
      '**',
      '!packages/**',
      '!tests/mutation/*.mjs',
      '!tsconfig.json',
      '!package.json',
    ],
    tempDirName: '.cache/mutation/copy',
    reporters: ['progress-append-only', 'html'],
    htmlReporter: { fileName: `.cache/mutation/${name}.html` },
    logLevel: 'warn',
    warnings: { slow: false },
  })
  const mutants = await stryker.runMutationTest()
  return mutants.map(({ fileName, location, replacement, status }) => {
    const file = relative('.', fileName).split(sep).join('/')
    const lines = sources.get(file).split('\n')
    return {
      file,
      line: lines[location.start.line - 1].trim(),
      from: textAt(lines, location),
      to: toOneLine(replacement),
      status,
    }
  })
}

function textAt(lines, { start, end }) {
  const within = lines.slice(start.line - 1, end.line)
  within.push(within.pop().slice(0, end.column - 1))
  return toOneLine([within.shift().slice(start.column - 1), ...within].join('\n'))
}

function toOneLine(text) {
  return text.replace(/\s+/g, ' ').trim()
}

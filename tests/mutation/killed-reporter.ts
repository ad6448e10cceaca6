import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** Writes which tests failed in each project, that is, for each mutant. */
export default class KilledReporter implements Reporter {
  readonly #failed: Record<string, string[]> = {}

  onTestModuleEnd(module: TestModule): void {
    // A module that does not load has no tests that could fail.
    if (module.errors().length > 0) this.#add(module.project.name, `broken: ${module.moduleId}`)
  }

  onTestCaseResult(test: TestCase): void {
    if (test.result().state === 'failed') this.#add(test.project.name, test.fullName)
  }

  onTestRunEnd(): void {
    writeFileSync(
      process.env['KILLED'] ?? '.cache/mutation/killed.json',
      JSON.stringify(this.#failed),
    )
  }

  #add(project: string, title: string): void {
    this.#failed[project] = [...(this.#failed[project] ?? []), title]
  }
}

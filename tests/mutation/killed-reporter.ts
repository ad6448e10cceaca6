import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** Tells of each project, that is of each mutant, which tests failed. */
export default class KilledReporter implements Reporter {
  readonly #failed: Record<string, string[]> = {}

  onTestModuleEnd(module: TestModule): void {
    // A module that does not load has no tests that could notice anything.
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

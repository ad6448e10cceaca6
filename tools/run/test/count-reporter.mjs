// A vitest reporter that writes a report of each file: how many tests passed, failed and were skipped, and how long it took.
import { writeFileSync } from 'node:fs'

export default class CountReporter {
  #files = []

  onTestModuleEnd(module) {
    const states = Array.from(module.children.allTests(), (test) => test.result().state)
    const count = (wanted) => states.filter((state) => state === wanted).length
    const failed = count('failed')
    this.#files.push({
      name: module.relativeModuleId,
      project: module.project.name,
      seconds: module.diagnostic().duration / 1000,
      passed: count('passed'),
      skipped: count('skipped'),
      // A file that fails to load, or whose hooks fail, has no failed test.
      failed: failed === 0 && !module.ok() ? 1 : failed,
    })
  }

  onTestRunEnd(_modules, errors) {
    const report = { files: this.#files, errors: errors.length }
    writeFileSync(process.env.COUNT_REPORT, JSON.stringify(report))
  }
}

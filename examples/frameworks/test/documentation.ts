import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
const folders = ['docs/frameworks', 'docs/ko/frameworks']

/** A framework of the documentation's table: its page, and the files of its example. */
export interface Documented {
  readonly name: string
  readonly page: string
  readonly files: readonly string[]
}

/** The row of a framework: the lines of ours, and whether each response was the payment server's. */
export function toRow({ name, page, files }: Documented, marks: readonly string[]): string {
  return `| [${name}](${page}.md) | ${countLines(files)} | ${marks.join(' | ')} |`
}

/** The lines that name our packages or the routes, imports included. */
function countLines(files: readonly string[]): number {
  const lines = files.flatMap((file) => readFileSync(join(root, file), 'utf8').split('\n'))
  const code = lines.filter((line) => !line.trim().startsWith('//'))
  return code.filter((line) => /@quayside\/|payments|\brespond\b|\bhandle\b/.test(line)).length
}

/** The row of a framework as it is documented, by language. */
export function findRows({ name }: Documented): readonly (string | undefined)[] {
  return folders.map((folder) =>
    readFileSync(join(root, folder, 'README.md'), 'utf8')
      .split('\n')
      .find((line) => line.startsWith(`| [${name}]`)),
  )
}

/** The blocks of code of the pages which are no file of an example. Korean pages have the comments in Korean. */
export function findUntestedCode(): readonly string[] {
  const examples = globSync(
    ['frameworks', 'framework-builds'].map((folder) => `examples/${folder}/**/*.{ts,js,mjs}`),
    { cwd: root, exclude: (name) => name === 'node_modules' || name.startsWith('.') },
  )
  const texts = examples.map((file) => readFileSync(join(root, file), 'utf8'))
  const tested = new Set(texts)
  const testedWithoutComments = new Set(texts.map(removeComments))
  const isTested = (page: string, code: string) =>
    page.startsWith('docs/ko/') ? testedWithoutComments.has(removeComments(code)) : tested.has(code)
  const pages = folders.flatMap((folder) => globSync(`${folder}/*.md`, { cwd: root }))
  return pages.flatMap((page) => {
    const blocks = readFileSync(join(root, page), 'utf8').matchAll(/^```(?:ts|js)\n([^]*?)^```$/gm)
    return [...blocks].flatMap(([, code = '']) =>
      isTested(page, code) ? [] : [`${page}:\n${code}`],
    )
  })
}

/** Without the lines that are a comment. */
function removeComments(code: string): string {
  return code.replace(/^ *\/(\/|\*\*).*\n/gm, '')
}

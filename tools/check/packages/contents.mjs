// What a package holds for its user: licence, readme, changelog, links that lead somewhere, what its manifest says.
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

const repository = 'https://github.com/quayside-js/quayside'
const range = /^\^\d+\.\d+\.\d+$|^>=\d+\.\d+\.\d+$/

/** The problems of one package, as sentences. */
export function findContentProblems(packed) {
  return [...fileProblems(packed), ...manifestProblems(packed), ...readmeProblems(packed)]
}

function fileProblems({ folder, files, unpacked, manifest }) {
  const licence = readFileSync('LICENSE', 'utf8')
  const missing = ['LICENSE', 'README.md', 'CHANGELOG.md']
    .filter((file) => !files.includes(file))
    .map((file) => `lacks ${file}`)
  if (missing.length > 0) return missing
  const read = (file) => readFileSync(join(unpacked, file), 'utf8')
  const maps = files
    .filter((file) => file.endsWith('.map'))
    .filter((file) => !hasSources(JSON.parse(read(file))))
  const named = files
    .filter((file) => /\.(c?js|d\.c?ts)$/.test(file) && !files.includes(`${file}.map`))
    .filter((file) => /\/\/# sourceMappingURL=/.test(read(file)))
  return [
    ...(readFileSync(`${folder}/LICENSE`, 'utf8') === licence ? [] : ['has another licence']),
    ...(readFileSync(`${folder}/CHANGELOG.md`, 'utf8').includes(`## ${manifest.version}\n`)
      ? []
      : [`its changelog does not know ${manifest.version}`]),
    ...[...maps, ...named].map((file) => `${file} has a map of sources that are not in it`),
    ...files
      .filter((file) => /\.(test|tsbuildinfo)\b/.test(file))
      .map((file) => `${file} is no part of it`),
  ]
}

function manifestProblems({ folder, manifest }) {
  const { name, dependencies = {}, peerDependencies = {}, exports = {} } = manifest
  const isProgram = folder.startsWith('apps/')
  const wanted = {
    homepage: `${repository}/tree/main/${folder}#readme`,
    bugs: `${repository}/issues`,
    repository: { type: 'git', url: `git+${repository}.git`, directory: folder },
    license: 'MIT',
    type: 'module',
    publishConfig: { access: 'public', provenance: true },
  }
  const wrong = Object.entries(wanted)
    .filter(([key, value]) => JSON.stringify(manifest[key]) !== JSON.stringify(value))
    .map(([key]) => `has another ${key}`)
  const lacks = ['description', 'keywords', 'engines', 'files', 'scripts.prepack']
    .filter((path) => !path.split('.').reduce((value, key) => value?.[key], manifest))
    .map((path) => `has no ${path}`)
  // A program is installed as it was tested; a library shares packages with its user.
  const loose = Object.entries(isProgram ? {} : { ...dependencies, ...peerDependencies })
    .filter(([, version]) => !range.test(version))
    .map(([dependency, version]) => `needs ${dependency} ${version}, which is no range`)
  const entries = Object.entries(exports).flatMap(([entry, target]) =>
    toFiles(target)
      .filter((file) => !file.includes('*') && !existsSync(`${folder}/${file}`))
      .map((file) => `${entry} leads to ${file}, which is not built`),
  )
  return [...wrong, ...lacks, ...loose, ...entries].map((problem) => `${name} ${problem}`)
}

/** What a program bundles of others may come without its sources. */
const hasSources = ({ sources, sourcesContent = [] }) =>
  sources.every(
    (source, index) =>
      source.includes('node_modules/') || typeof sourcesContent[index] === 'string',
  )

const toFiles = (target) =>
  typeof target === 'string' ? [target] : Object.values(target).flatMap(toFiles)

/** On npm a link is not relative to the folder of the repository. */
function readmeProblems({ folder, files }) {
  if (!files.includes('README.md')) return []
  const text = readFileSync(`${folder}/README.md`, 'utf8').replace(/```[\s\S]*?```/g, '')
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
    if (link.startsWith('#')) return []
    if (!/^https?:/.test(link)) return [`README.md: ${link} is relative`]
    const [, path] =
      /^https:\/\/github\.com\/quayside-js\/quayside\/(?:blob|tree)\/main\/([^#]*)/.exec(link) ?? []
    return path === undefined || existsSync(posix.normalize(path))
      ? []
      : [`README.md: ${link} leads nowhere`]
  })
}

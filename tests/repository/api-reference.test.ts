import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { viewer } from '../../packages/server/src/http/routes/api-reference.ts'

const folder = 'docs/node_modules/swagger-ui-dist'
const hash = (file: string) =>
  `sha384-${createHash('sha384')
    .update(readFileSync(`${folder}/${file}`))
    .digest('base64')}`

it('T230: the viewer of the description is the published one, of the version that the site has', () => {
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  expect(viewer).toEqual({
    version,
    script: hash('swagger-ui-bundle.js'),
    style: hash('swagger-ui.css'),
  })
})

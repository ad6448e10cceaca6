import { describe, expect, it } from 'vitest'
import { createLineWriter, type Write } from '../../src/telemetry/line-writer.ts'

/** A descriptor whose writes end when the test says so. */
function createPipe() {
  const written: string[] = []
  const ends: (() => void)[] = []
  let respond: (bytes: Buffer) => readonly [NodeJS.ErrnoException | null, number] = (bytes) => [
    null,
    bytes.length,
  ]
  const write: Write = (_, bytes, done) => {
    ends.push(() => {
      const [error, count] = respond(bytes)
      written.push(bytes.subarray(0, count).toString('latin1'))
      done(error, count)
    })
  }
  return {
    write,
    text: () => Buffer.from(written.join(''), 'latin1').toString(),
    respondWith: (next: typeof respond) => {
      respond = next
    },
    end: () => ends.shift()?.(),
    endAll() {
      while (ends.length > 0) ends.shift()?.()
    },
    waiting: () => ends.length,
  }
}

const errorWith = (code: string) => Object.assign(new Error(code), { code })
const toLossLine = (lost: number) => `lost ${lost}`

describe('createLineWriter()', () => {
  it('returns before anything is written, and writes the lines in their order', () => {
    const pipe = createPipe()
    const writer = createLineWriter({ fd: 1, toLossLine, write: pipe.write })
    for (const line of ['one', 'two', 'three']) writer.write(line)
    expect(pipe.text()).toBe('')
    pipe.endAll()
    expect(pipe.text()).toBe('one\ntwo\nthree\n')
  })

  it('T102: leaves lines out while the reader is slow, and says how many', () => {
    const pipe = createPipe()
    const writer = createLineWriter({ fd: 1, toLossLine, capacity: 10, write: pipe.write })
    for (const line of ['first', '1234', '5678', 'lost', 'lost']) writer.write(line)
    pipe.endAll()
    writer.write('again')
    pipe.endAll()
    expect(pipe.text()).toBe('first\n1234\n5678\nlost 2\nagain\n')
  })

  it('writes on where a write ended, also inside of a character', () => {
    const pipe = createPipe()
    const writer = createLineWriter({ fd: 1, toLossLine, write: pipe.write })
    pipe.respondWith(() => [null, 1])
    writer.write('결제')
    pipe.endAll()
    expect(pipe.text()).toBe('결제\n')
  })

  it('T102: writes nothing further when the reader is gone', async () => {
    const pipe = createPipe()
    const writer = createLineWriter({ fd: 1, toLossLine, write: pipe.write })
    pipe.respondWith(() => [errorWith('EPIPE'), 0])
    writer.write('one')
    writer.write('two')
    pipe.endAll()
    writer.write('three')
    expect(pipe.waiting()).toBe(0)
    await writer.flush(60_000)
  })

  it('goes on after an error that may pass', () => {
    const pipe = createPipe()
    const writer = createLineWriter({ fd: 1, toLossLine, write: pipe.write })
    pipe.respondWith(() => [errorWith('ENOSPC'), 0])
    writer.write('one')
    pipe.end()
    pipe.respondWith((bytes) => [null, bytes.length])
    writer.write('two')
    pipe.endAll()
    expect(pipe.text()).toBe('two\n')
  })
})

import Iamport from 'iamport'
import type { TestServer } from '../server.ts'

const defaultKeys = { impKey: 'simulator-key', impSecret: 'simulator-secret' }

/** The client, connected to a server under test. */
export function openIamport({ origin }: TestServer, keys = defaultKeys): Iamport {
  // An instance takes the host of its class when it is created.
  Iamport.DEFAULT_HOST = origin
  return new Iamport(keys)
}

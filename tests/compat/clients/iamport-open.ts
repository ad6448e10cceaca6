import Iamport from 'iamport'
import type { Stage } from '../server.ts'

const keysOfStage = { impKey: 'simulator-key', impSecret: 'simulator-secret' }

/** The client, made to talk to a stage. */
export function openIamport({ origin }: Stage, keys = keysOfStage): Iamport {
  // The host of an instance is the host of its class at the moment it is made.
  Iamport.DEFAULT_HOST = origin
  return new Iamport(keys)
}

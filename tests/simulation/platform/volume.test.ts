import { describe } from 'vitest'
import { checkScenarios } from './scenarios/check-scenarios.ts'
import { isolationScenarios } from './scenarios/isolation.ts'
import { volumeScenarios } from './scenarios/volume.ts'

describe('T80: work of any amount is done within the limits of the platform', () => {
  checkScenarios(volumeScenarios)
})

describe('T81: what cannot be processed delays nobody else', () => {
  checkScenarios(isolationScenarios)
})

import { followSimulator } from './follow.ts'

followSimulator()

import { createFloor } from './floor.ts'

export default createFloor()

import { installChannelFrame } from '../channel-frame.ts'

installChannelFrame(window)

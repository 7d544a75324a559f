// streaming-markdown, fed once a frame: faster than its README has it.

import { perFrame } from './per-frame.mjs';
import smd from './smd.mjs';

export default perFrame({ ...smd, name: 'streaming-markdown, per frame' });

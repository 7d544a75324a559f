// The page's own way from bytes to nodes.

import { stream } from './program.mjs';

export default stream('ours', 'tokenfall');

// The page's own renderer.

import { answer } from './program.mjs';

export default answer('ours', 'tokenfall');

// The renderer of another checkout: `--against`.

import { answer } from './program.mjs';

export default answer('before', 'tokenfall, before');

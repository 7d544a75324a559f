// That of another checkout: `--against`.

import { stream } from './program.mjs';

export default stream('before', 'tokenfall, before');

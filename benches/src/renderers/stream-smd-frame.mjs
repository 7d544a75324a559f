import smd from './smd-frame.mjs';
import { streamed } from './stream-smd.mjs';

export default streamed(smd, 'eventsource-parser + JSON.parse + smd, per frame');

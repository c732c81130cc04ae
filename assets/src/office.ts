// The office's small conveniences. Every page does its work without this file: forms post, links lead, panels open by
// their address. What is added here is dragging a sheet in with its progress, the keyboard, and one question before
// what cannot be undone.

import { askBeforeSubmitting } from "./confirm";
import { enhanceDropZones } from "./drop";
import { listenForKeys } from "./keys";
import { submitOnlyOnce } from "./once";
import { watchLongDeeds } from "./watch";

enhanceDropZones(document);
askBeforeSubmitting(document);
watchLongDeeds(document);
submitOnlyOnce(document);
listenForKeys(document);

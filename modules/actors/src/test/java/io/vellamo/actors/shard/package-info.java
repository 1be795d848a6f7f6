/** Tests of what a shard consists of. Read first: {@link io.vellamo.actors.shard.SeatsTest}. */
@NullMarked
package io.vellamo.actors.shard;

import org.jspecify.annotations.NullMarked;

/**
 * Tests of what a shard consists of. Read first: {@link io.vellamo.actors.shard.HostHandlesTest}.
 */
@NullMarked
package io.vellamo.actors.shard;

import org.jspecify.annotations.NullMarked;

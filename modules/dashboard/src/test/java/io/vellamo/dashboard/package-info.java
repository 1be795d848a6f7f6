@NullMarked
package io.vellamo.dashboard;

import org.jspecify.annotations.NullMarked;

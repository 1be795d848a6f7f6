/** What an application gets that depends on this artifact and configures nothing. */
@NullMarked
package io.vellamo.starter;

import org.jspecify.annotations.NullMarked;

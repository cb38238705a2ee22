/// Processes: what they are, what can be done to them, and the node that they live on.
package dev.kith.process;

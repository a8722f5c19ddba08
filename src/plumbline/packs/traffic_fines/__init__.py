"""A demonstration on a real history: the public log "Road Traffic Fine Management Process".

The duties are those that Mannhardt, de Leoni, Reijers and van der Aalst state for this log (Balanced multi-perspective
checking of process conformance, Computing 98, 2016). They are demonstration duties, not Italian law as in force.
"""

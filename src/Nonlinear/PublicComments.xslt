<?xml version="1.0"?>
<!-- Leaves out of the comments that the package brings what users cannot see: the compiler writes those of internal types as well. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" indent="no" />

  <xsl:template match="@*|node()">
    <xsl:copy><xsl:apply-templates select="@*|node()" /></xsl:copy>
  </xsl:template>

  <xsl:template match="member">
    <xsl:variable name="name" select="substring(@name, 3)" />
    <xsl:variable name="hidden" select="
      starts-with($name, 'Nonlinear.Names.') or starts-with($name, 'Nonlinear.ForeignName')
      or starts-with($name, 'Nonlinear.Kernels.') or starts-with($name, 'Nonlinear.Symbols.')
      or starts-with($name, 'System.') or starts-with($name, 'Nonlinear.FormulaFromCode') or starts-with($name, 'Nonlinear.Interpretation')
      or starts-with($name, 'Nonlinear.Simplex') or starts-with($name, 'Nonlinear.EntmaxRoot') or starts-with($name, 'Nonlinear.IOfVector')
      or starts-with($name, 'Nonlinear.CatalogEntry') or starts-with($name, 'Nonlinear.ActivationName')
      or starts-with($name, 'Nonlinear.ComposedGate') or starts-with($name, 'Nonlinear.GatedInterpretation')
      or starts-with($name, 'Nonlinear.GatedName')
      or (starts-with($name, 'Nonlinear.Numerics.')
        and not(starts-with($name, 'Nonlinear.Numerics.IReal`1'))
        and not(starts-with($name, 'Nonlinear.Numerics.Parameters`1'))
        and not(starts-with($name, 'Nonlinear.Numerics.Constant')))" />
    <xsl:if test="not($hidden)">
      <xsl:copy><xsl:apply-templates select="@*|node()" /></xsl:copy>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
